// Who else has the draft open: the page gives a sign of life every minute and shows the sentence that comes back.

const EVERY = 60_000 // ms; the server forgets after five minutes
const note = document.querySelector("[data-anwesend]")

async function tell() {
  if (document.hidden) return // whoever looks elsewhere is not here
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? ""
  try {
    const response = await fetch(note.dataset.anwesend, { method: "POST", headers: { "X-CSRFToken": token } })
    if (!response.ok || response.redirected) return
    const { satz } = await response.json()
    const words = note.querySelector("[data-anwesend-satz]")
    if (words.textContent !== satz) words.textContent = satz
    note.hidden = !satz
  } catch {
    // Offline for a moment: the next minute asks again.
  }
}

if (note) setInterval(tell, EVERY)
