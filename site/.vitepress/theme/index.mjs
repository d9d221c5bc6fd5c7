import DefaultTheme from "vitepress/theme-without-fonts";
import TrainPage from "./TrainPage.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("TrainPage", TrainPage);
  },
};
