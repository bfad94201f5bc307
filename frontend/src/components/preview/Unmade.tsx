import { Button } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { messageOf } from '@/lib/bridge';
import type { PreviewResult } from '@/lib/generated/api';
import { placeInWords } from './words';
import css from './Preview.module.css';

/** In the place of a message that could not be made: what is wrong, and where. */
export function Unmade({ result, stale, onPlace }: { result: PreviewResult; stale: boolean; onPlace?: (place: string) => void }) {
  const place = result.problem?.field ?? '';
  return (
    <div className={css.note} role="alert" data-stale={stale || undefined}>
      <IconMailOff size={28} stroke={1.5} aria-hidden />
      <h2>{result.email ? `${result.email} would get no message` : 'There is no message to show yet'}</h2>
      {result.problem && <p>{messageOf(new Error(result.problem.message))}</p>}
      {place !== '' && <p className={css.place}>In {placeInWords(place)}</p>}
      {place !== '' && onPlace && <Button onClick={() => onPlace(place)}>Show it</Button>}
    </div>
  );
}

/** What keeps a draft from being composed, over what could be composed last. */
export function Broken({ result, onPlace }: { result: PreviewResult; onPlace?: (place: string) => void }) {
  const place = result.problem?.field ?? '';
  return (
    <div className={css.broken} role="status">
      <div>
        <p>{result.problem ? messageOf(new Error(result.problem.message)) : 'The draft is not whole yet.'}</p>
        {place !== '' && <p className={css.place}>In {placeInWords(place)}</p>}
      </div>
      {place !== '' && onPlace && (
        <Button variant="subtle" onClick={() => onPlace(place)}>
          Show it
        </Button>
      )}
    </div>
  );
}
