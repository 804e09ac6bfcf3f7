// One project, two faces: staff (pages of the server) and portal (a client of the API).
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/",
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600, // kB: the charts, which load only where a page has one
    rolldownOptions: {
      // htmx holds one eval for features that staff/requests.ts switches off and the content policy forbids.
      checks: { eval: false },
      input: { staff: "staff/main.ts", portal: "portal/main.ts" },
    },
  },
});
