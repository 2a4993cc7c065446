"""One file a command, registered in nearer.cli. Whatever is heavy is imported inside the functions, never at the top, so that
`nearer --help` answers at once."""
