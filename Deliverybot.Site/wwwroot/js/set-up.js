// The site begins anew with the App that was registered: goes on as soon as it answers as such.
const pause = 1000;

const isReady = async () => {
  try {
    const answer = await fetch("/_/health/ready", { cache: "no-store" });
    return answer.ok;
  } catch {
    return false;
  }
};

const look = async () => {
  if (await isReady()) {
    location.reload();
  } else {
    setTimeout(look, pause);
  }
};

setTimeout(look, pause);
