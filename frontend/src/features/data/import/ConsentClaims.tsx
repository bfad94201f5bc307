import { Checkbox, TextInput } from '@mantine/core';
import { Section } from '@/components/page/Page';
import { humanize } from '@/lib/value';
import { useWords } from '../api';
import type { Choices } from './request';
import css from './import.module.css';

interface Props {
  choices: Choices;
  onChange: (c: Choices) => void;
}

/** What everybody in the file has agreed to, and where: without it nobody new may be written to. */
export function ConsentClaims({ choices, onChange }: Props) {
  const purposes = useWords().data?.purposes ?? [];
  if (purposes.length === 0) return null;
  const claims = choices.consent;
  const toggle = (purpose: string, on: boolean) => onChange({ ...choices, consent: on ? [...claims, { purpose, source: claims[0]?.source ?? '' }] : claims.filter((c) => c.purpose !== purpose) });
  const source = (purpose: string, text: string) => onChange({ ...choices, consent: claims.map((c) => (c.purpose === purpose ? { ...c, source: text } : c)) });
  return (
    <Section title="What they agreed to" aside="Somebody who has withdrawn stays withdrawn, whatever is said here.">
      <div className={css.claims}>
        {purposes.map((p) => {
          const claim = claims.find((c) => c.purpose === p);
          return (
            <div key={p} className={css.claim}>
              <Checkbox label={`Everybody in this file agreed to ${humanize(p).toLowerCase()}`} checked={claim !== undefined} onChange={(e) => toggle(p, e.currentTarget.checked)} />
              {claim && (
                <TextInput
                  aria-label={`Where they agreed to ${p}`}
                  placeholder="Where: the form at the till, the newsletter page…"
                  value={claim.source}
                  onChange={(e) => source(p, e.currentTarget.value)}
                  error={claim.source.trim() === '' ? 'It is kept as the proof of each consent' : undefined}
                  w={360}
                />
              )}
            </div>
          );
        })}
      </div>
    </Section>
  );
}
