"""`python -m nearer`."""

from nearer.cli import main

main()
