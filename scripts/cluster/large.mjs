export async function large() {}
