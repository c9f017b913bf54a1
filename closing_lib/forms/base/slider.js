// A number from a few, as a real range input with a visible label; what it stands for is shown, and read out, in words.
let sliders = 0;

function render({ model, el }) {
  const id = `ck-slider-${++sliders}-${Math.random().toString(36).slice(2)}`;
  const label = Object.assign(document.createElement("label"), { htmlFor: id });
  const input = Object.assign(document.createElement("input"), { type: "range", id });
  const shown = Object.assign(document.createElement("output"), { htmlFor: id });
  // JupyterLab must not take a key pressed here for a command on the cell.
  input.dataset.lmSuppressShortcuts = "true";
  el.addEventListener("keydown", event => event.stopPropagation());
  el.classList.add("ck-slider");
  el.append(label, input, shown);

  const say = () => {
    shown.textContent = model.get("said").replace("{value}", input.value);
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  const draw = () => {
    label.textContent = model.get("label");
    for (const name of ["min", "max", "step", "value"]) input[name] = model.get(name);
    say();
  };
  input.addEventListener("input", say);
  input.addEventListener("change", () => {
    model.set("value", Number(input.value));
    model.save_changes();
  });
  model.on("change:label change:said change:min change:max change:step change:value", draw);
  draw();
  return () => model.off(null, null);
}

export default { render };
