// Where one can be in the portal, and that everything but the log-in needs a key.
import { createRouter, createWebHistory, type RouteLocationRaw } from "vue-router";
import { isLoggedIn } from "./api/session";
import Ahead from "./screens/Ahead.vue";
import Application from "./screens/Application.vue";
import Applications from "./screens/Applications.vue";
import Bill from "./screens/Bill.vue";
import Bills from "./screens/Bills.vue";
import Home from "./screens/Home.vue";
import LogIn from "./screens/LogIn.vue";
import Me from "./screens/Me.vue";
import Notices from "./screens/Notices.vue";
import Nowhere from "./screens/Nowhere.vue";
import ObjectTo from "./screens/Object.vue";
import Objection from "./screens/Objection.vue";
import Objections from "./screens/Objections.vue";
import Pay from "./screens/Pay.vue";
import Payment from "./screens/Payment.vue";
import Payments from "./screens/Payments.vue";
import Relief from "./screens/Relief.vue";
import Standing from "./screens/Standing.vue";
import Unit from "./screens/Unit.vue";

export const places = createRouter({
  history: createWebHistory("/my/"),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: "/", name: "home", component: Home },
    { path: "/login", name: "login", component: LogIn, meta: { isOpen: true } },
    { path: "/units/:id(\\d+)", name: "unit", component: Unit, props: (to) => ({ id: Number(to.params["id"]) }) },
    { path: "/pay/:id(\\d+)", name: "pay", component: Pay, props: (to) => ({ id: Number(to.params["id"]) }) },
    { path: "/ahead/:id(\\d+)", name: "ahead", component: Ahead, props: (to) => ({ id: Number(to.params["id"]) }) },
    { path: "/relief/:id(\\d+)", name: "relief", component: Relief, props: (to) => ({ id: Number(to.params["id"]) }) },
    { path: "/applications", name: "applications", component: Applications },
    {
      path: "/applications/:id(\\d+)",
      name: "application",
      component: Application,
      props: (to) => ({ id: Number(to.params["id"]) }),
    },
    { path: "/bills", name: "bills", component: Bills },
    { path: "/bills/:id(\\d+)", name: "bill", component: Bill, props: (to) => ({ id: Number(to.params["id"]) }) },
    {
      path: "/bills/:id(\\d+)/object",
      name: "object",
      component: ObjectTo,
      props: (to) => ({ id: Number(to.params["id"]) }),
    },
    { path: "/objections", name: "objections", component: Objections },
    {
      path: "/objections/:id(\\d+)",
      name: "objection",
      component: Objection,
      props: (to) => ({ id: Number(to.params["id"]) }),
    },
    { path: "/payments", name: "payments", component: Payments },
    {
      path: "/payments/:id(\\d+)",
      name: "payment",
      component: Payment,
      props: (to) => ({ id: Number(to.params["id"]) }),
    },
    { path: "/notices", name: "notices", component: Notices },
    { path: "/me", name: "me", component: Me },
    { path: "/standing", name: "standing", component: Standing },
    { path: "/:rest(.*)*", name: "nowhere", component: Nowhere },
  ],
});

places.beforeEach((to) => {
  if (to.meta["isOpen"] || isLoggedIn()) return true;
  return logIn(to.fullPath, false);
});

/** To the log-in, and afterwards back to where one is now. */
export async function toLogIn(hasExpired: boolean): Promise<void> {
  const here = places.currentRoute.value;
  if (here.name !== "login") await places.replace(logIn(here.fullPath, hasExpired));
}

function logIn(back: string, hasExpired: boolean): RouteLocationRaw {
  const query: Record<string, string> = {};
  if (back !== "/") query["back"] = back;
  if (hasExpired) query["expired"] = "1";
  return { name: "login", query };
}
