// A stopwatch for a rehearsal: one button, and the time in words. It is spoken when it stops, not every second.
function inWords(words, total) {
  const part = (n, one, many) => (n === 1 ? words[one] : words[many].replace("{n}", n));
  const minutes = Math.floor(total / 60);
  const seconds = total % 60;
  const parts = [];
  if (minutes) parts.push(part(minutes, "minute", "minutes"));
  if (seconds || !minutes) parts.push(part(seconds, "second", "seconds"));
  return parts.join(" ");
}

function render({ model, el }) {
  const group = Object.assign(document.createElement("div"), { className: "ck-timer" });
  group.setAttribute("role", "group");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "jupyter-button" });
  // JupyterLab must not take a key pressed here for a command on the cell.
  button.dataset.lmSuppressShortcuts = "true";
  const time = document.createElement("span");
  time.setAttribute("role", "timer");
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  group.append(button, time, said);
  group.addEventListener("keydown", event => event.stopPropagation());
  el.append(group);

  const words = model.get("words");
  let begun = null;
  let ticking = null;
  const passed = () => Math.floor((performance.now() - begun) / 1000);
  const show = seconds => { time.textContent = inWords(words, seconds); };
  const plan = () => {
    const planned = model.get("planned");
    return planned ? words.planned.replace("{time}", inWords(words, planned)) : "";
  };
  const draw = () => {
    group.setAttribute("aria-label", words.label);
    button.textContent = begun === null ? words.start : words.stop;
  };

  button.addEventListener("click", () => {
    if (begun === null) {
      begun = performance.now();
      said.textContent = "";
      show(0);
      ticking = setInterval(() => show(passed()), 250);
    } else {
      clearInterval(ticking);
      const seconds = passed();
      begun = null;
      show(seconds);
      said.textContent = [words.stopped.replace("{time}", inWords(words, seconds)), plan()].join(" ").trim();
      model.set("elapsed", seconds);
      model.save_changes();
    }
    draw();
  });
  show(model.get("elapsed"));
  draw();
  return () => clearInterval(ticking);
}

export default { render };
