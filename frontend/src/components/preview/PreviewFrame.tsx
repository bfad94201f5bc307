import { useElementSize } from '@mantine/hooks';
import { useState, type CSSProperties } from 'react';
import type { PreviewResult } from '@/lib/generated/api';
import { frameURL, frameWidth, type Look } from './look';
import { SourceView } from './SourceView';
import css from './Preview.module.css';

/** Pixels below which mail programs take a screen for a phone. */
const narrowestScreen = 640;

interface Props {
  result: PreviewResult;
  look: Look;
  /** The block of the trace to outline; -1 for none. */
  block?: number;
  /** Whether a newer answer is on its way. */
  stale?: boolean;
  /** Whether subject and preheader are shown; a part of an e-mail has none. */
  envelope?: boolean;
}

/**
 * A message in a frame that can run nothing: the program serves it under a
 * policy that forbids scripts, and the sandbox is empty. The newest address is
 * loaded behind the shown one and takes its place when it is there, so that
 * typing does not flicker.
 */
export function PreviewFrame({ result, look, block = -1, stale = false, envelope = true }: Props) {
  const wanted = frameURL(result.url, look, block);
  const [shown, setShown] = useState(wanted);
  const width = frameWidth(look);
  const glass = useElementSize();
  // A screen that is wider than the desk is shown smaller, as a screen, and not as a phone.
  const scale = look.screen === 'desktop' && glass.width > 0 ? Math.min(1, glass.width / narrowestScreen) : 1;
  if (look.part === 'source') return <SourceView html={result.html} />;
  const addresses = shown === wanted ? [wanted] : [shown, wanted];
  return (
    <div className={css.device} data-screen={look.screen} data-stale={stale || undefined} style={{ maxWidth: width }}>
      {envelope && <InboxLine result={result} dark={look.dark} />}
      <div className={css.glass} ref={glass.ref} style={{ '--scale': scale } as CSSProperties}>
        {addresses.map((src) => (
          <iframe
            key={src}
            sandbox=""
            src={src}
            title={`E-mail for ${result.email}`}
            aria-hidden={src !== shown || undefined}
            className={css.frame}
            data-shown={src === shown || undefined}
            onLoad={() => {
              if (src === wanted) setShown(wanted);
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** How the message stands in a list of e-mails. */
export function InboxLine({ result, dark = false }: { result: PreviewResult; dark?: boolean }) {
  return (
    <div className={css.inbox} data-dark={dark || undefined}>
      <div className={css.subject}>{result.subject || <span className={css.none}>No subject</span>}</div>
      {result.preheader && <div className={css.preheader}>{result.preheader}</div>}
    </div>
  );
}
