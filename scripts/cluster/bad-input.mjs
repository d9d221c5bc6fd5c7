export async function badInput() {}
