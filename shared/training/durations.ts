const NBSP = '\u00a0';

/** A duration as people say it: `38 s`, `2 min 5 s`, `1 h 10 min`, `3 days`. */
export function durationWords(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 1) return 'less than a second';
  if (whole < 60) return `${whole}${NBSP}s`;
  if (whole < 600) return joined(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}${NBSP}min`;
  if (minutes < 48 * 60) return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  return `${Math.round(minutes / 60 / 24)}${NBSP}days`;
}

/** `38 s left` */
export function timeLeftWords(seconds: number | null): string | null {
  return seconds !== null && Number.isFinite(seconds) && seconds >= 0 ? `${durationWords(seconds)} left` : null;
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const head = `${large}${NBSP}${largeUnit}`;
  return small === 0 ? head : `${head} ${small}${NBSP}${smallUnit}`;
}
