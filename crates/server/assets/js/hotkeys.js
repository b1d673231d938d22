// A key presses the button that names it (`data-hotkey`). Never while something is typed.
export function start(group) {
  document.addEventListener('keydown', (event) => {
    if (!group.isConnected || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    const button = group.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  });
}
