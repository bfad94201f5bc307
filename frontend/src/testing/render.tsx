import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { ActionsProvider } from '@/lib/actions';
import { newQueryClient } from '@/lib/query';
import { theme, variables } from '@/theme/theme';

/** Renders a part within everything that pages have around them. */
export function show(part: ReactNode, client: QueryClient = newQueryClient()) {
  const around = (inner: ReactNode) => (
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} env="test">
        <ActionsProvider>
          <ModalsProvider>{inner}</ModalsProvider>
        </ActionsProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
  return { client, ...render(around(part)) };
}

/** Renders a part that needs a router, at an address such as "/contacts?q=anna". */
export async function showAt(address: string, part: ReactNode, client?: QueryClient) {
  const root = createRootRoute({ component: () => part, notFoundComponent: () => part });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: [address] }) });
  await router.load();
  return { router, ...show(<RouterProvider router={router as never} />, client) };
}

/** What axe finds in an element; colours are looked at in a real browser. */
export async function barriers(element: Element): Promise<string[]> {
  const found = await axe.run(element, { iframes: false, rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
}
