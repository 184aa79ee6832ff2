"""Performs a dialogue: hands each act to a voice or a listener, and what was heard back to the script.

Threads, and who may block:

- the two device callbacks (devices.py): never block; they copy and queue;
- the ear (hearing/listener.py): reads the microphone, writes to disk, finds the turns; waits only for
  the microphone and the disk;
- the transcriber (hearing/transcriber.py): decodes, one stretch at a time, and final words between them;
- the quick ear (hearing/quick_words.py): decodes short utterances, on a model of its own;
- the finder (hearing/source.py), while a microphone has gone: tries to open one, and waits for the system;
- the voice's worker (speaking/speaker.py): waits for the child process that renders speech;
- the keys (stage/keys.py): polls the terminal;
- the main thread: runs the script, the screen and all writing to SQLite; it waits on the others in
  steps of at most a tenth of a second, and looks at the keys at each step.

They talk through queues and futures; there are no other locks.
"""
