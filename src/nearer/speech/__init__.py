"""From a recording to who said what, when. Only for those who installed `nearer[speech]` and put a model on this machine
(docs/sources/recordings.md); nothing is ever fetched, and nothing is sent."""
