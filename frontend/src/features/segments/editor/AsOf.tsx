import { Button, TextInput } from '@mantine/core';
import { date } from '@/lib/format';
import { useZone } from '@/lib/status';
import { dayBefore } from './days';
import css from './editor.module.css';

interface Props {
  day: string;
  onDay: (day: string) => void;
}

/** Looks at the condition as of a day gone by, and says so as long as it does. */
export function AsOf({ day, onDay }: Props) {
  const zone = useZone();
  return (
    <div className={css.asOf} data-past={day !== '' || undefined}>
      <TextInput type="date" size="xs" label="As of" value={day} max={dayBefore(1, zone)} onChange={(e) => onDay(e.currentTarget.value)} classNames={{ root: css.asOfField }} />
      {day !== '' && (
        <>
          <p role="status">Counts, people and reasons are of the end of {date(day)}: events and consent as they were, attributes as they are now.</p>
          <Button size="compact-xs" variant="subtle" onClick={() => onDay('')}>
            Back to now
          </Button>
        </>
      )}
    </div>
  );
}
