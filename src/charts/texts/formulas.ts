/** What each kind minimises, in Spanish; in English the kinds tell it themselves. */
export const esFormulas: Readonly<Record<string, string>> = {
  basic: "media de L(x, g(f(x))), f(X) = d1(W1 X + b1), g(H) = d2(W2 H + b2)",
  convolutional: "media de L(x, g(f(x))), f y g de convoluciones en imágenes o en el tiempo",
  recurrent:
    "media de L(x_t, g(h)_t) en los pasos observados, h = d(s_T W + b), s_T el último estado de una RNN, GRU o LSTM",
  ensemble:
    "suma para cada k de la media de sqrt((x - g_k(f_k(x)))^2 + 1e-4), códigos de 1, 2, 3 y 4 unidades; es el detector",
  tied: "media de L(x, g(f(x))), W2 = W1 traspuesta",
  variational:
    "suma de -log p(x | z) + beta suma de (m^2 + exp(s) - 1 - s) / 2, z = m + exp(s / 2) e",
  adversarial: "media de L(x, g(f(x))); -(log D(p) + log(1 - D(f(x)))) / 2; -log D(f(x))",
  wasserstein: "suma de L(x, g(f(x))) + lambda MMD^2(f(x), p)",
  sparse: "media de L(x, g(f(x))) + lambda suma_j KL(rho || rho_j), o lambda suma_j |h_j|",
  contractive:
    "media de L(x, g(f(x))) + lambda |J_f(x)|^2, el jacobiano del codificador, en norma de Frobenius",
  robust: "-media de suma_i exp(-(x_i - g(f(x))_i)^2 / (2 sigma^2)) / (sqrt(2 pi) sigma)",
  denoising: "media de L(x, g(f(x~))), x~ = x con ruido",
};
