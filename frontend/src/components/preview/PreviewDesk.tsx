import type { ReactNode } from 'react';
import { ErrorState } from '@/components/states/ErrorState';
import { Bone } from '@/components/states/Loading';
import type { Look } from './look';
import { PreviewFrame } from './PreviewFrame';
import { Broken, Unmade } from './Unmade';
import type { ComposedPreview } from './usePreview';
import css from './Preview.module.css';

interface Props {
  preview: ComposedPreview;
  look: Look;
  block?: number;
  /** Whether subject and preheader are shown; a part of an e-mail has none. */
  envelope?: boolean;
  /** Leads to the place that a failure names. */
  onPlace?: (place: string) => void;
  /** Shown while there is nobody to look at it for. */
  nobody?: ReactNode;
}

/** The desk on which a message lies: the message, or why there is none. */
export function PreviewDesk({ preview, look, block, envelope, onPlace, nobody }: Props) {
  const { result, whole, error, stale, retry } = preview;
  return (
    <div className={css.desk}>
      {nobody ||
        (error ? (
          <div className={css.note}>
            <ErrorState error={error} title="The message could not be composed" onRetry={retry} />
          </div>
        ) : !result ? (
          <div className={css.device} role="status" aria-label="Composing" style={{ maxWidth: 680 }}>
            <div className={css.bones}>
              <Bone width="50%" height={20} />
              <Bone width="80%" />
              <Bone width="70%" />
            </div>
          </div>
        ) : whole ? (
          <>
            <PreviewFrame result={whole} look={look} block={block} envelope={envelope} stale />
            <Broken result={result} onPlace={onPlace} />
          </>
        ) : result.failed ? (
          <Unmade result={result} stale={stale} onPlace={onPlace} />
        ) : (
          <PreviewFrame result={result} look={look} block={block} envelope={envelope} stale={stale} />
        ))}
    </div>
  );
}
