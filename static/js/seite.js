// A page that the browser kept whole for its back button is asked for again: it may be out of date, or somebody else's.
addEventListener("pageshow", (event) => event.persisted && location.reload())
