// How far an Auftrag is: asks every second, and loads the page anew when it is done or has failed.

const EVERY = 1000 // ms
const bar = document.querySelector("[data-auftrag]")
const words = document.getElementById("auftrag_satz")

async function look() {
  try {
    const response = await fetch(bar.dataset.auftrag)
    if (response.redirected || !response.ok) return location.reload() // signed out, or swept away: the page says it
    const { offen, erledigt, gesamt, satz } = await response.json()
    if (!offen) return location.reload()
    if (words.textContent !== satz) words.textContent = satz
    if (gesamt) {
      bar.max = gesamt
      bar.value = erledigt
    }
  } catch {
    // Offline for a moment: the next second asks again.
  }
  setTimeout(look, EVERY)
}

if (bar) setTimeout(look, EVERY)
