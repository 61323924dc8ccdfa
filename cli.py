"""`python cli.py` in a checkout; installed, the command is `guard`."""

from guard.cli.main import main

if __name__ == "__main__":
    main()
