// A button that hands a file to the browser, for a kernel on another machine: it is asked for when it is pressed, and kept nowhere.
function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jupyter-button";
  button.addEventListener("click", () => model.send({ event: "click" }));
  el.append(button);

  const hand = (content, buffers) => {
    if (!content.name || !buffers.length) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(buffers, { type: "application/octet-stream" }));
    link.download = content.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000); // ms: the browser may ask first where to put it
  };
  const draw = () => {
    button.textContent = model.get("description");
    button.disabled = model.get("disabled");
  };
  model.on("msg:custom", hand);
  model.on("change:description change:disabled", draw);
  draw();
  return () => model.off(null, null);
}

export default { render };
