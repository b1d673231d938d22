// The place of a visit with its accuracy. Watches until it is good to 20 m or 30 seconds have passed, and keeps the best.
const GOOD = 20;
const PATIENCE = 30_000;

export function start(box) {
  const name = box.dataset.geo;
  const field = (part) => box.querySelector(`[name="${name}-${part}"]`);
  const status = box.querySelector('[data-status]');
  const button = box.querySelector('button');
  if (!navigator.geolocation) {
    status.textContent = status.dataset.failed;
    button.hidden = true;
    return;
  }
  button.addEventListener('click', () => {
    status.textContent = status.dataset.searching;
    button.disabled = true;
    let best = null;
    const watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        if (best && coords.accuracy >= best.accuracy) return;
        best = coords;
        field('lat').value = coords.latitude.toFixed(6);
        field('lon').value = coords.longitude.toFixed(6);
        field('accuracy').value = Math.ceil(coords.accuracy);
        status.textContent = `${status.dataset.found} ±${Math.ceil(coords.accuracy)} m`;
        if (coords.accuracy <= GOOD) stop();
      },
      (error) => {
        if (!best) status.textContent = error.code === error.PERMISSION_DENIED ? status.dataset.denied : status.dataset.failed;
        stop();
      },
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 },
    );
    const timer = setTimeout(() => {
      if (!best) status.textContent = status.dataset.failed;
      stop();
    }, PATIENCE);
    function stop() {
      clearTimeout(timer);
      navigator.geolocation.clearWatch(watch);
      button.disabled = false;
    }
  });
}
