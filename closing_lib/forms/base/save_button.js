// A button that is pressed only when every answer given before it has reached the kernel (settled.js, which stands above it).
function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = model.get("quiet") ? "jupyter-button" : "jupyter-button ck-primary";
  button.addEventListener("click", async () => {
    await settled(model);
    model.send({ event: "click" });
  });
  el.append(button);

  const draw = () => {
    button.textContent = model.get("description");
    button.disabled = model.get("disabled");
  };
  model.on("change:description change:disabled", draw);
  draw();
  return () => model.off(null, null);
}

export default { render };
