// Seconds that run down to nothing.
import { onBeforeUnmount, ref, type Ref } from "vue";

export function useCountdown(): { left: Ref<number>; start: (seconds: number) => void } {
  const left = ref(0);
  let timer: number | undefined;
  let until = 0;

  function tick(): void {
    // By the clock, not by counting: a phone in the pocket skips ticks.
    left.value = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    if (left.value === 0) window.clearInterval(timer);
  }

  function start(seconds: number): void {
    until = Date.now() + seconds * 1000;
    window.clearInterval(timer);
    timer = window.setInterval(tick, 500);
    tick();
  }

  onBeforeUnmount(() => window.clearInterval(timer));
  return { left, start };
}
