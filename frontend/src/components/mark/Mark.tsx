/** The program's sign. */
export function Mark({ size = 20, className }: { size?: number; className?: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 512 512" className={className} aria-hidden="true">
      <rect x="24" y="24" width="464" height="464" rx="104" fill="#1f6f63" />
      <path d="M108 176h296a20 20 0 0 1 20 20v160a20 20 0 0 1-20 20H108a20 20 0 0 1-20-20V196a20 20 0 0 1 20-20z" fill="#fbf7ef" />
      <path d="M92 188l147 118a27 27 0 0 0 34 0l147-118" fill="none" stroke="#124a43" strokeWidth="26" strokeLinejoin="round" strokeLinecap="round" />
      <circle cx="404" cy="164" r="56" fill="#e9a03b" stroke="#fbf7ef" strokeWidth="16" />
    </svg>
  );
}
