# Title, paragraph and head of a run are in the language asked for.
memcycle run base --language zh | head -3
