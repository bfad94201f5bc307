import { Button, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Field } from '@/components/field/Field';
import { date } from '@/lib/format';
import type { Campaign } from '@/lib/generated/api';
import { useSettings, useTemplates, useTemplateVersions } from '../api';
import css from '../campaigns.module.css';
import { gapsOf, type Gap } from '../steps';
import { TextSetting } from '../TextSetting';
import { SenderField } from './SenderField';

interface Props {
  campaign: Campaign;
  onChange: (change: Partial<Campaign>) => void;
  fixed: boolean;
}

/** What is sent, from whom, and through which provider. */
export function Content({ campaign: c, onChange, fixed }: Props) {
  const settings = useSettings().data;
  const templates = useTemplates();
  const gaps = new Map<Gap['field'], Gap>(fixed ? [] : gapsOf(c, settings).map((g) => [g.field, g]));
  // What is missing is said quietly; what is wrong, as wrong.
  const tell = (field: Gap['field'], help?: string) => {
    const gap = gaps.get(field);
    return gap?.wrong ? { error: gap.message } : { help: gap ? <span className={css.missing}>{gap.message}</span> : help };
  };
  const known = templates.data ?? [];
  const choices = known.map((t) => ({ value: t.slug, label: t.name }));
  if (c.template && templates.data && !known.some((t) => t.slug === c.template)) choices.push({ value: c.template, label: `${c.template} (removed)` });
  const chosen = known.find((t) => t.slug === c.template);
  const editor: string = `/content/templates/${encodeURIComponent(c.template)}`;
  return (
    <>
      <Field label="Template" {...tell('template', chosen?.subject && `Subject: ${chosen.subject}`)}>
        {({ error, ...control }) => (
          <div className={css.line}>
            <Select {...control} error={error} className={css.grow} disabled={fixed} searchable placeholder="Choose a template" data={choices} value={c.template || null} onChange={(slug) => slug && slug !== c.template && onChange({ template: slug, template_version: 0 })} />
            {c.template && !fixed && (
              <Button component={Link} to={editor}>
                Edit
              </Button>
            )}
            {templates.data?.length === 0 && (
              <Button component={Link} to="/content">
                Write one
              </Button>
            )}
          </div>
        )}
      </Field>
      {c.template !== '' && <VersionField campaign={c} onChange={onChange} fixed={fixed} />}
      <Field label="From" {...tell('from.email')}>
        {({ error, ...control }) => (
          <div className={css.pair}>
            <TextSetting {...control} disabled={fixed} value={c.from.name ?? ''} placeholder="Name" label="Name of the sender" onSave={(name) => onChange({ from: { ...c.from, name } })} />
            <span>
              <TextSetting id={`${control.id}-address`} error={error} disabled={fixed} type="email" value={c.from.email} placeholder="hello@yourshop.com" label="Address of the sender" onSave={(email) => onChange({ from: { ...c.from, email } })} />
            </span>
          </div>
        )}
      </Field>
      <Field label="Replies go to" {...tell('reply_to')}>
        {(control) => <TextSetting {...control} disabled={fixed} type="email" value={c.reply_to ?? ''} placeholder={c.from.email || 'the same address'} onSave={(reply_to) => onChange({ reply_to })} />}
      </Field>
      <Field label="Unsubscribe" {...tell('unsubscribe', c.unsubscribe ? undefined : settings?.default_unsubscribe ? 'As in the settings of the workspace.' : 'An address (mailto:…) or a link (https://…).')}>
        {(control) => <TextSetting {...control} disabled={fixed} value={c.unsubscribe ?? ''} placeholder={settings?.default_unsubscribe || 'mailto:unsubscribe@yourshop.com'} onSave={(unsubscribe) => onChange({ unsubscribe })} />}
      </Field>
      <SenderField campaign={c} missing={gaps.get('esp')?.message} fixed={fixed} onChange={onChange} />
    </>
  );
}

function VersionField({ campaign: c, onChange, fixed }: Props) {
  const versions = useTemplateVersions(c.template);
  const newest = versions.data?.[0]?.version;
  const data = [
    { value: '0', label: newest ? `The newest (now version ${newest})` : 'The newest' },
    ...(versions.data ?? []).map((v) => ({ value: String(v.version), label: `Version ${v.version}, ${date(v.at)}${v.note ? `, ${v.note}` : ''}` })),
  ];
  return (
    <Field label="Version" help={c.template_version ? 'Later changes of the template do not reach this campaign.' : undefined}>
      {({ error: _, ...control }) => (
        <Select {...control} disabled={fixed} allowDeselect={false} data={data} value={String(c.template_version ?? 0)} onChange={(v) => v !== null && onChange({ template_version: Number(v) })} />
      )}
    </Field>
  );
}
