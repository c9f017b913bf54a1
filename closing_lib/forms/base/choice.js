// A question with one answer out of a few: a real fieldset, legend and radio buttons, drawn as a row of buttons.
let groups = 0;

function option(model, group, [value, label]) {
  const input = Object.assign(document.createElement("input"), { type: "radio", name: group, value });
  // JupyterLab must not take a key pressed here for a command on the cell.
  input.dataset.lmSuppressShortcuts = "true";
  input.addEventListener("change", () => {
    model.set("value", value);
    model.save_changes();
  });
  const caption = Object.assign(document.createElement("span"), { textContent: label });
  const note = model.get("notes")[value];
  // Within the label it is part of the answer's name, so a screen reader says why it cannot be chosen.
  if (note) caption.append(" ", Object.assign(document.createElement("small"), { textContent: note }));
  const whole = document.createElement("label");
  whole.append(input, caption);
  return whole;
}

function render({ model, el }) {
  const group = `ck-choice-${++groups}-${Math.random().toString(36).slice(2)}`;
  const fieldset = Object.assign(document.createElement("fieldset"), { className: "ck-choice" });
  const legend = document.createElement("legend");
  const options = Object.assign(document.createElement("div"), { className: "ck-options" });
  fieldset.append(legend, options);
  fieldset.addEventListener("keydown", event => event.stopPropagation());
  el.append(fieldset);

  const draw = () => {
    legend.textContent = model.get("label");
    options.replaceChildren(...model.get("options").map(pair => option(model, group, pair)));
    check();
  };
  const check = () => {
    for (const input of options.querySelectorAll("input")) {
      input.checked = input.value === model.get("value");
      input.disabled = model.get("disabled") || model.get("unavailable").includes(input.value);
    }
  };
  model.on("change:label change:options change:notes", draw);
  model.on("change:value change:disabled change:unavailable", check);
  draw();
  return () => model.off(null, null);
}

export default { render };
