"""One or several sessions as a single HTML file.

`parts` are its nouns. `gather` makes them from the archive, by way of the pure `spoken`, `timeline`,
`answers`, `told` and `charts`; `page` puts them into the templates. Nothing in a part is HTML yet.
"""
