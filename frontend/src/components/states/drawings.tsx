import type { ReactNode } from 'react';

/** Small line drawings for empty pages, in the colours of the theme. */

function Frame({ children }: { children: ReactNode }) {
  return (
    <svg width="120" height="88" viewBox="0 0 120 88" fill="none" stroke="var(--ink-3)" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {children}
    </svg>
  );
}

function Letter() {
  return (
    <Frame>
      <path d="M18 76h84" stroke="var(--line-strong)" />
      <rect x="30" y="24" width="60" height="42" rx="4" fill="var(--paper)" />
      <path d="M31 27l26 21a5 5 0 0 0 6 0l26-21" />
      <circle cx="90" cy="24" r="8" fill="var(--spark)" stroke="var(--paper)" strokeWidth="3" />
    </Frame>
  );
}

function People() {
  return (
    <Frame>
      <path d="M18 76h84" stroke="var(--line-strong)" />
      <circle cx="42" cy="38" r="9" fill="var(--paper)" />
      <path d="M26 70c0-11 7-17 16-17s16 6 16 17" fill="var(--paper)" />
      <circle cx="80" cy="38" r="9" fill="var(--paper)" />
      <path d="M64 70c0-11 7-17 16-17s16 6 16 17" fill="var(--paper)" />
      <circle cx="61" cy="30" r="10" fill="var(--accent-soft)" stroke="var(--accent)" />
      <path d="M43 68c0-13 8-20 18-20s18 7 18 20" fill="var(--accent-soft)" stroke="var(--accent)" />
    </Frame>
  );
}

function Sieve() {
  return (
    <Frame>
      <circle cx="48" cy="44" r="26" fill="var(--paper)" />
      <circle cx="72" cy="44" r="26" />
      <path d="M60 21a26 26 0 0 1 0 46 26 26 0 0 1 0-46z" fill="var(--accent-soft)" stroke="var(--accent)" />
      <circle cx="60" cy="38" r="2.5" fill="var(--spark)" stroke="none" />
      <circle cx="57" cy="47" r="2.5" fill="var(--spark)" stroke="none" />
      <circle cx="64" cy="53" r="2.5" fill="var(--spark)" stroke="none" />
    </Frame>
  );
}

function Fork() {
  return (
    <Frame>
      <path d="M20 44h22c12 0 12-22 24-22h12M42 44h36M42 44c12 0 12 22 24 22h12" />
      <circle cx="18" cy="44" r="6" fill="var(--accent-soft)" stroke="var(--accent)" />
      <rect x="80" y="14" width="22" height="16" rx="4" fill="var(--paper)" />
      <rect x="80" y="36" width="22" height="16" rx="4" fill="var(--paper)" />
      <rect x="80" y="58" width="22" height="16" rx="4" fill="var(--spark-soft)" stroke="var(--spark)" />
    </Frame>
  );
}

function Sheet() {
  return (
    <Frame>
      <path d="M18 76h84" stroke="var(--line-strong)" />
      <path d="M38 12h32l14 14v46a4 4 0 0 1-4 4H38a4 4 0 0 1-4-4V16a4 4 0 0 1 4-4z" fill="var(--paper)" />
      <path d="M70 12v14h14" />
      <path d="M42 38h34M42 48h34M42 58h20" stroke="var(--line-strong)" />
      <circle cx="82" cy="62" r="11" fill="var(--accent-soft)" stroke="var(--accent)" />
      <path d="M82 57v10m-4-4 4 4 4-4" stroke="var(--accent)" />
    </Frame>
  );
}

function Blocks() {
  return (
    <Frame>
      <rect x="34" y="10" width="52" height="66" rx="5" fill="var(--paper)" />
      <rect x="41" y="18" width="38" height="14" rx="3" fill="var(--accent-soft)" stroke="var(--accent)" />
      <path d="M42 40h36M42 47h26" stroke="var(--line-strong)" />
      <rect x="41" y="55" width="17" height="13" rx="3" />
      <rect x="62" y="55" width="17" height="13" rx="3" fill="var(--spark-soft)" stroke="var(--spark)" />
    </Frame>
  );
}

function Bars() {
  return (
    <Frame>
      <path d="M18 76h84" stroke="var(--line-strong)" />
      <rect x="30" y="52" width="12" height="24" rx="2" fill="var(--paper)" />
      <rect x="48" y="40" width="12" height="36" rx="2" fill="var(--paper)" />
      <rect x="66" y="46" width="12" height="30" rx="2" fill="var(--paper)" />
      <rect x="84" y="24" width="12" height="52" rx="2" fill="var(--accent-soft)" stroke="var(--accent)" />
      <circle cx="90" cy="14" r="3" fill="var(--spark)" stroke="none" />
    </Frame>
  );
}

export const drawings = { letter: Letter, people: People, sieve: Sieve, fork: Fork, sheet: Sheet, blocks: Blocks, bars: Bars };

export type Drawing = keyof typeof drawings;
