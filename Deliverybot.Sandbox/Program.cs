using Deliverybot.Sandbox.TryOut;

return await TryOutCommand.RunAsync(args);
