import { MultiSelect, Pill, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { noVocabulary, useVocabulary } from '@/components/condition/vocabulary';
import { Field } from '@/components/field/Field';
import { ErrorState } from '@/components/states/ErrorState';
import { count } from '@/lib/format';
import type { Campaign, ExcludedGroup } from '@/lib/generated/api';
import { humanize } from '@/lib/value';
import { useAudience, useSegments } from '../api';
import css from '../campaigns.module.css';
import { Reach } from './Reach';

interface Props {
  slug: string;
  version: number;
  campaign: Campaign;
  onChange: (change: Partial<Campaign>) => void;
  /** What was left out when the messages were composed; the audience cannot be changed any more. */
  fixed?: { total: number; excluded: ExcludedGroup[] };
}

/** Whom a campaign reaches: segments in, segments out, and what they agreed to. */
export function Audience({ slug, version, campaign, onChange, fixed }: Props) {
  const segments = useSegments();
  const vocabulary = useVocabulary().data ?? noVocabulary;
  const audience = useAudience(slug, version);
  const off = fixed !== undefined;
  const purposes = [...new Set([...vocabulary.purposes, campaign.purpose])];
  return (
    <>
      <Field label="Everybody in" help={campaign.include.length > 1 ? 'Whoever is in any of them, once.' : undefined}>
        {(control) => <SegmentsField {...control} chosen={campaign.include} other={campaign.exclude ?? []} none="All contacts" disabled={off} onChange={(include) => onChange({ include })} />}
      </Field>
      <Field label="But not in">
        {(control) => <SegmentsField {...control} chosen={campaign.exclude ?? []} other={campaign.include} none="Nobody is left out" disabled={off} onChange={(exclude) => onChange({ exclude })} />}
      </Field>
      <Field label="What they agreed to" help="Only those who agreed to this, and did not take it back, are written to.">
        {({ error: _, ...control }) => (
          <Select
            {...control}
            w={240}
            disabled={off}
            allowDeselect={false}
            data={purposes.map((p) => ({ value: p, label: humanize(p) }))}
            value={campaign.purpose}
            onChange={(purpose) => purpose && onChange({ purpose })}
          />
        )}
      </Field>
      {segments.data?.length === 0 && (
        <p className={css.muted}>
          There are no segments yet, so everybody who agreed gets it. <Link to="/segments">Make a segment</Link>
        </p>
      )}
      {fixed ? (
        <Reach permitted={fixed.total} included={fixed.total + fixed.excluded.reduce((n, g) => n + g.count, 0)} excluded={fixed.excluded} />
      ) : audience.error ? (
        <ErrorState error={audience.error} title="The audience could not be counted" onRetry={() => void audience.refetch()} />
      ) : (
        <Reach slug={slug} version={version} permitted={audience.data?.permitted} included={audience.data?.included} excluded={audience.data?.excluded ?? []} stale={audience.isPlaceholderData} />
      )}
    </>
  );
}

interface PickerProps {
  id: string;
  'aria-describedby': string | undefined;
  chosen: string[];
  /** Segments of the other list: nobody is in and out at once. */
  other: string[];
  none: string;
  disabled: boolean;
  onChange: (slugs: string[]) => void;
}

function SegmentsField({ id, chosen, other, none, disabled, onChange, ...rest }: PickerProps) {
  const segments = useSegments().data ?? [];
  const known = new Set(segments.map((s) => s.slug));
  const data = [
    ...segments.filter((s) => !other.includes(s.slug)).map((s) => ({ value: s.slug, label: s.name })),
    ...chosen.filter((slug) => !known.has(slug)).map((slug) => ({ value: slug, label: slug })),
  ];
  const sizes = new Map(segments.map((s) => [s.slug, s.count]));
  const sizeOf = (slug: string) => {
    const n = sizes.get(slug) ?? -1;
    return n < 0 ? '–' : count(n);
  };
  return (
    <MultiSelect
      id={id}
      aria-describedby={rest['aria-describedby']}
      size="xs"
      searchable
      disabled={disabled}
      hidePickedOptions
      data={data}
      value={chosen}
      onChange={onChange}
      placeholder={chosen.length === 0 ? none : undefined}
      nothingFoundMessage="No segment is called so"
      comboboxProps={{ shadow: 'sm', transitionProps: { duration: 0 } }}
      classNames={{ inputField: css.pillSearch }}
      renderPill={({ option, value, onRemove, disabled: still }) => (
        <Pill className={css.pill} withRemoveButton={!still} onRemove={onRemove}>
          {option?.label ?? value} <span className={css.optionCount}>{sizeOf(String(value))}</span>
        </Pill>
      )}
      renderOption={({ option }) => (
        <span className={css.option}>
          <span>{option.label}</span>
          <span className={css.optionCount}>{sizeOf(option.value)}</span>
        </span>
      )}
    />
  );
}
