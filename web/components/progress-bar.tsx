/** How much of something is done; `label` says it in words beside the bar. */
export function ProgressBar({ value, of, label }: { value: number; of: number; label: string }) {
  return (
    <p class="livret-progress">
      {/* The words beside it say the same: read once. */}
      <progress value={value} max={Math.max(of, 1)} aria-hidden="true" />
      <span>{label}</span>
    </p>
  );
}
