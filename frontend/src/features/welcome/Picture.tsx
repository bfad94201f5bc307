import type { ReactNode } from 'react';

/** One letter becomes three, each its own: what the program does, drawn. */
export function Picture() {
  return (
    <svg viewBox="0 0 440 400" width="100%" fill="none" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d="M110 200C190 200 190 76 268 76M110 200h158M110 200c80 0 80 124 158 124" stroke="var(--line-strong)" strokeWidth="2" strokeDasharray="1 7" />
      <Template />
      <Person y={76} hair="#8a5a2b" coat="var(--accent)" skin="#f0c8a0">
        <rect x="0" y="0" width="40" height="20" rx="3" fill="#d55e00" opacity="0.85" />
        <path d="M0 28h40M0 35h26" />
      </Person>
      <Person y={200} hair="#2f2a26" coat="#e69f2e" skin="#c68a5d">
        <path d="M0 3h40M0 10h32" />
        <rect x="0" y="18" width="18" height="18" rx="3" fill="#56b4e9" opacity="0.9" />
        <rect x="22" y="18" width="18" height="18" rx="3" fill="#009e73" opacity="0.85" />
      </Person>
      <Person y={324} hair="#b9b2a8" coat="#7d6b91" skin="#f3d3b5">
        <path d="M0 3h26" />
        <rect x="0" y="10" width="40" height="14" rx="3" fill="#cc79a7" opacity="0.85" />
        <path d="M0 32h40" />
      </Person>
      <circle cx="188" cy="200" r="13" fill="var(--spark)" stroke="var(--ground)" strokeWidth="5" />
      <path d="M182.5 200l4 4 7-8" stroke="#3a2606" strokeWidth="2.5" />
    </svg>
  );
}

function Template() {
  return (
    <g stroke="var(--ink-3)" strokeWidth="2">
      <rect x="30" y="126" width="112" height="148" rx="9" fill="var(--paper)" stroke="var(--line-strong)" />
      <rect x="44" y="140" width="84" height="34" rx="5" fill="var(--accent)" stroke="none" />
      <path d="M58 157h32" stroke="#fff" strokeWidth="3" opacity="0.9" />
      <path d="M46 188h78M46 200h56" stroke="var(--line-strong)" strokeWidth="3" />
      <rect x="44" y="214" width="38" height="32" rx="5" fill="var(--spark-soft)" stroke="var(--spark)" strokeDasharray="4 4" />
      <rect x="90" y="214" width="38" height="32" rx="5" fill="var(--accent-soft)" stroke="var(--accent)" strokeDasharray="4 4" />
      <path d="M46 260h34" stroke="var(--line-strong)" strokeWidth="3" />
    </g>
  );
}

function Person({ y, hair, coat, skin, children }: { y: number; hair: string; coat: string; skin: string; children: ReactNode }) {
  return (
    <g transform={`translate(272 ${y})`}>
      <rect x="0" y="-38" width="64" height="76" rx="7" fill="var(--paper)" stroke="var(--line-strong)" strokeWidth="2" />
      <g transform="translate(12 -18)" stroke="var(--line-strong)" strokeWidth="2.5">
        {children}
      </g>
      <g transform="translate(112 2)">
        <clipPath id={`face${y}`}>
          <circle r="33" />
        </clipPath>
        <circle r="33" fill="var(--sunken)" />
        <g clipPath={`url(#face${y})`}>
          <path d="M-28 40c0-20 10-27 28-27s28 7 28 27z" fill={coat} />
          <path d="M-6 2h12v11c0 8-12 8-12 0z" fill={skin} />
          <path d="M-6 6c4 4 8 4 12 0v3c-4 4-8 4-12 0z" fill="#000" opacity="0.12" />
          <circle cy="-6" r="13" fill={skin} />
          <path d="M-14 -5c-1-12 5-17 14-17s15 5 14 17c-3-7-8-9-14-9s-11 2-14 9z" fill={hair} />
        </g>
      </g>
    </g>
  );
}
