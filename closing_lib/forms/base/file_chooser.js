// The browser's own field for files, inside its label; what a file holds goes to the kernel on this machine.
function render({ model, el }) {
  const label = document.createElement("label");
  label.className = "ck-file";
  const words = document.createElement("span");
  words.textContent = model.get("label");
  const field = document.createElement("input");
  field.type = "file";
  field.accept = model.get("accept");
  field.multiple = model.get("several");
  field.addEventListener("change", async () => {
    let left = field.files.length;
    for (const file of field.files) {
      const content = await file.arrayBuffer().catch(() => new ArrayBuffer(0)); // one that is gone by now
      left -= 1;
      model.send({ name: file.name, left }, undefined, [content]);
    }
  });
  label.append(words, field);
  el.append(label);
}

export default { render };
