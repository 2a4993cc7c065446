"""The pages: every module here with a `router` is part of the app."""
