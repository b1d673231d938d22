// Ticking the box in the head ticks the page; the bar below says how many are picked.
export function start(all) {
  const table = all.closest('table');
  const boxes = () => [...table.querySelectorAll('tbody .t-pick input[type=checkbox]')];
  const count = all.closest('form, .t-panel')?.querySelector('[data-picked]');
  const update = () => {
    const list = boxes();
    const picked = list.filter((box) => box.checked);
    all.checked = picked.length > 0 && picked.length === list.length;
    all.indeterminate = picked.length > 0 && picked.length < list.length;
    for (const box of list) box.closest('tr').classList.toggle('is-picked', box.checked);
    if (count) count.textContent = picked.length.toLocaleString(document.documentElement.lang);
  };
  all.addEventListener('change', () => {
    for (const box of boxes()) box.checked = all.checked;
    update();
  });
  table.addEventListener('change', update);
  update();
}
