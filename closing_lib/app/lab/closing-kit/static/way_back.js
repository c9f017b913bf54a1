// The way back into a kit that was started anew, for a browser that was in before: closing_lib/app/way_back.py says how.
// A page of the kit loads it, and the page for a browser without the word has it inside.
const KEPT = "closing-kit-key";
const PATIENCE = 2000; // ms

export const keepKey = key => localStorage.setItem(KEPT, key);

export const wait = () => new Promise(done => setTimeout(done, PATIENCE));

// Which start answers here; null for none. Whoever listens may answer, so nothing is sent along that could open a kit.
export async function whichStart() {
  try {
    const answer = await fetch("/closing-kit/once", { credentials: "omit", cache: "no-store" });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

// Get in by the word of a start, which the key makes; it answers with a cookie for all tabs. Tell whether it did.
export async function getIn(once, key) {
  const bytes = text => new TextEncoder().encode(text);
  const made = await crypto.subtle.importKey("raw", bytes(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signed = new Uint8Array(await crypto.subtle.sign("HMAC", made, bytes(once)));
  const token = Array.from(signed, byte => byte.toString(16).padStart(2, "0")).join("");
  return isIn({ Authorization: `token ${token}` });
}

const isIn = headers => fetch("/api/me", { headers, cache: "no-store" }).then(answer => answer.ok, () => false);

// What the page does for a browser without the word: it gets in by its key, or once another tab is in.
export async function goOnByItself() {
  const [once, key] = [await whichStart(), localStorage.getItem(KEPT)];
  let goesOn = once && key && await getIn(once, key);
  while (!goesOn) {
    await wait();
    goesOn = !document.hidden && await isIn({});
  }
  location.reload();
}
