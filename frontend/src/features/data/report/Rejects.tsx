import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { chooseSavePath } from '@/components/files/files';
import { Section } from '@/components/page/Page';
import { failed, said } from '@/components/toast/toast';
import { count, plural } from '@/lib/format';
import type { ImportReport } from '@/lib/generated/api';
import { useSaveRejects } from '../api';
import css from './report.module.css';

/** The rows that were not taken: why, the first of them, and all of them as a file. */
export function Rejects({ report: r }: { report: ImportReport }) {
  const save = useSaveRejects((path) => said(`${plural(r.rejected, 'row')} written to ${path}. Mend them there and import that file.`));
  const ask = async () => {
    const path = await chooseSavePath({ title: 'Save the rejected rows', defaultName: r.source.replace(/(\.\w+)?$/, '-rejected.csv') });
    if (path) save.mutate({ batch: r.batch, path }, { onError: (e) => failed(e, 'The rows were not written') });
  };
  return (
    <Section
      title={`${plural(r.rejected, 'row')} rejected`}
      aside={
        r.batch > 0 && (
          <Button variant="subtle" leftSection={<IconDownload size={14} />} loading={save.isPending} onClick={() => void ask()}>
            Save them as a file
          </Button>
        )
      }
    >
      <table className={css.reasons}>
        <thead>
          <tr>
            <th className={css.right}>Rows</th>
            <th>Why</th>
            <th className={css.right}>First on line</th>
          </tr>
        </thead>
        <tbody>
          {r.reasons.map((x) => (
            <tr key={x.reason}>
              <td className={css.right}>{count(x.count)}</td>
              <td>{x.reason}</td>
              <td className={css.right}>{count(x.first_line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
