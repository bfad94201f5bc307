import { Button, Popover } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconPhoto, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { chooseFile } from '@/components/files/files';
import { failed, said } from '@/components/toast/toast';
import { Content } from '@/lib/generated/api';
import { useAssets, useContentChanged } from '../api';
import { LiquidField } from './LiquidField';
import css from './fields.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string;
}

/** Where a picture comes from: an address, or one that is kept in the workspace. */
export function ImageField({ label, value, onChange, help }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <LiquidField label={label} value={value} onChange={onChange} placeholder="https://" help={help} />
      <Popover opened={open} onChange={setOpen} width={300} position="bottom-start" trapFocus>
        <Popover.Target>
          <Button mt={8} leftSection={<IconPhoto size={15} />} onClick={() => setOpen((o) => !o)}>
            Choose a picture
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={8}>
          <Pictures
            value={value}
            onPick={(name) => {
              onChange(`asset:${name}`);
              setOpen(false);
            }}
          />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

function Pictures({ value, onPick }: { value: string; onPick: (name: string) => void }) {
  const assets = useAssets();
  const changed = useContentChanged();
  const add = useMutation({
    mutationFn: async () => {
      const path = await chooseFile({ title: 'A picture for e-mails', filters: [{ name: 'Pictures', pattern: '*.png;*.jpg;*.jpeg;*.gif' }] });
      return path === null ? null : Content.addAsset(path);
    },
    onSuccess: (asset) => {
      if (!asset) return;
      void changed();
      said(`Kept ${asset.name} in the workspace`);
      onPick(asset.name);
    },
    onError: (e) => failed(e, 'The picture was not kept'),
  });
  return (
    <>
      {assets.data && assets.data.length > 0 ? (
        <div className={css.assets}>
          {assets.data.map((a) => (
            <button key={a.name} type="button" className={css.asset} aria-pressed={value === `asset:${a.name}`} onClick={() => onPick(a.name)}>
              <img src={a.url} alt="" loading="lazy" />
              <span>{a.name}</span>
            </button>
          ))}
        </div>
      ) : (
        <p className={css.help}>No pictures are kept yet. They go out with the e-mail, so that nobody has to load them.</p>
      )}
      <Button mt={4} fullWidth leftSection={<IconUpload size={15} />} loading={add.isPending} onClick={() => add.mutate()}>
        Add a picture
      </Button>
    </>
  );
}
