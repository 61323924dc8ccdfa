"""``python -m guard``: the command line."""

from guard.cli.main import main

if __name__ == "__main__":
    main()
