/**
 * Runs in the page before any other script and records what happens. Driven by events, so that it costs a
 * page without an appeal nothing.
 */
(() => {
  const seen = {visible: null, shift: 0, longTasks: [], presses: [], skipped: null};
  Object.assign(globalThis, {seen});

  const observe = (type, note) =>
    new PerformanceObserver(list => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
    });
  observe('layout-shift', ({value, hadRecentInput}) => {
    if (!hadRecentInput) seen.shift += value;
  });
  observe('longtask', ({duration}) => seen.longTasks.push(duration));

  // An appeal counts as visible in the first frame in which its form has a laid out choice.
  const look = root => {
    const radio = root.querySelector('input[type=radio]');
    if (!radio || seen.visible !== null) return;
    requestAnimationFrame(() => {
      const {width, height} = radio.getBoundingClientRect();
      if (width > 0 && height > 0) seen.visible ??= performance.now();
      else look(root);
    });
  };
  const {attachShadow} = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    new MutationObserver(() => look(root)).observe(root, {childList: true, subtree: true});
    return root;
  };

  document.addEventListener('support-skipped', ({reason}) => {
    seen.skipped = reason;
  });

  // From the press to the frame after its paint.
  addEventListener(
    'click',
    ({timeStamp}) =>
      requestAnimationFrame(() => {
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => seen.presses.push(performance.now() - timeStamp);
        port2.postMessage(null);
      }),
    {capture: true},
  );
})();
