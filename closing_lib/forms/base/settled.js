// Waits until every answer given has reached the kernel. The front end holds answers back while the kernel is busy, and a
// click would overtake them: the last letters typed would be missing. What comes after it in the same script uses it.
const PATIENCE = 60000; // ms: a kernel that is busy for longer has lost more than a few letters
const PAUSE = 15; // ms

const pause = () => new Promise(resolve => setTimeout(resolve, PAUSE));

async function settled(model) {
  const controls = await Promise.all(model.get("waits_for").map(id => model.widget_manager.get_model(id)));
  const end = Date.now() + PATIENCE;
  // ipywidgets has no public name for this count; a test stops the kernel to see that it is still the right one.
  while (controls.some(control => control._pending_msgs > 0) && Date.now() < end) await pause();
}
