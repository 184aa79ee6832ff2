"""A pack for a friend or a coach, without the names in it.

`shareable` says what may go out, `names` and `contacts` (and `entities`, a model) what is masked, `spotting`
where it stands; `listing` shows that first. `sharing` then makes the pack, in `staging`, with `bleep` over
the sound, and listens to it before it is handed over.
"""
