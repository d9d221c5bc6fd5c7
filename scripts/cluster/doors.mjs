export async function connect() {}
export async function notebook() {}
export async function otherData() {}
