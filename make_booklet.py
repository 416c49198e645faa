"""Build the booklets: `python make_booklet.py --help` says how."""

from booklet.commands.start import main

if __name__ == "__main__":
    main()
