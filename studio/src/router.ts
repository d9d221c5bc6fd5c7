import { createRouter, createWebHistory } from "vue-router";
import HomeRoom from "./home/HomeRoom.vue";
import NowhereRoom from "./NowhereRoom.vue";

/** Each room has an address that can be kept and opened again. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/", name: "home", component: HomeRoom },
    {
      path: "/data/:id",
      name: "data",
      component: () => import("./data/DataRoom.vue"),
      props: true,
    },
    {
      path: "/data/:id/model",
      name: "model",
      component: () => import("./model/ModelRoom.vue"),
      props: true,
    },
    { path: "/runs", name: "runs", component: () => import("./runs/RunsRoom.vue") },
    {
      path: "/runs/:id",
      component: () => import("./runs/RunRoom.vue"),
      props: true,
      children: [
        { path: "", name: "explore", component: () => import("./explore/ExploreRoom.vue") },
        { path: "codes", name: "codes", component: () => import("./codes/CodesRoom.vue") },
        { path: "use", name: "use", component: () => import("./use/UseRoom.vue") },
      ],
    },
    {
      path: "/models/:id",
      name: "model-file",
      component: () => import("./use/ModelRoom.vue"),
      props: true,
    },
    { path: "/:rest(.*)*", name: "nowhere", component: NowhereRoom },
  ],
  // what an address says behind its ? is of the same room, where one stays
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
});
