// One project, two faces: staff (pages of the server) and portal (a client of the API).
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/",
  publicDir: false,
  plugins: [vue()],
  // Templates are compiled here: the content policy forbids a compiler that evaluates in the browser.
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
  },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600, // kB: the charts, which load only where a page has one
    rolldownOptions: {
      // htmx holds one eval for features that staff/requests.ts switches off and the content policy forbids.
      checks: { eval: false, bundlerTimings: false },
      input: {
        staff: "staff/main.ts",
        portal: "portal/main.ts",
        offline: "portal/offline/worker.ts",
        walk: "staff/walk/main.ts",
        walkOffline: "staff/walk/worker.ts",
      },
    },
  },
});
