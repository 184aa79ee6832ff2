"""Sessions for other programs, and back.

`document` is all of it, which `check` reads again (`shape` says how that looks, `renumbering` finds free
numbers for it); `markdown`, `table` and `subtitles` are for people, spreadsheets and players.
"""
