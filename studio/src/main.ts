import "./token.ts";
import "virtual:colors.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { createApp } from "vue";
import App from "./App.vue";
import { enter } from "./project.ts";
import { router } from "./router.ts";

const entered = enter();
createApp(App).use(router).mount("#app");
await entered;
